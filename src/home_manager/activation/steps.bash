# The shell library of activation steps. Every step of one activation runs in the same bash process after this file.
# shellcheck shell=bash

__hm_normal='' __hm_error='' __hm_warn='' __hm_note=''
if [[ -n ${HM_STEP_COLOR-} && ! -v NO_COLOR ]]; then
    __hm_normal=$'\e[0m' __hm_error=$'\e[1;31m' __hm_warn=$'\e[33m' __hm_note=$'\e[1;36m'
fi
unset HM_STEP_COLOR

# Messages. The `_i` forms take a printf format and its arguments, the `Echo` forms words.

errorEcho() { printf '%s%s%s\n' "$__hm_error" "$*" "$__hm_normal"; }
warnEcho() { printf '%s%s%s\n' "$__hm_warn" "$*" "$__hm_normal"; }
noteEcho() { printf '%s%s%s\n' "$__hm_note" "$*" "$__hm_normal"; }

verboseEcho() {
    if [[ -v VERBOSE ]]; then
        printf '%s\n' "$*"
    fi
}

_i() {
    local format=$1
    shift
    # shellcheck disable=SC2059
    printf "$format\n" "$@"
}

_ip() {
    local format=$2
    if (( $3 == 1 )); then
        format=$1
    fi
    shift 3
    _i "$format" "$@"
}

__hm_coloured() {
    local color=$1
    shift
    printf '%s' "$color"
    _i "$@"
    printf '%s' "$__hm_normal"
}

_iError() { __hm_coloured "$__hm_error" "$@"; }
_iWarn() { __hm_coloured "$__hm_warn" "$@"; }
_iNote() { __hm_coloured "$__hm_note" "$@"; }

_iVerbose() {
    if [[ -v VERBOSE ]]; then
        _i "$@"
    fi
}

# run [--quiet|--silence] COMMAND…: do it, or only say it in a dry run. --quiet drops its output, --silence its errors
# as well.
run() {
    local __hm_how=plain
    case ${1-} in
        --quiet) __hm_how=quiet; shift ;;
        --silence) __hm_how=silence; shift ;;
    esac
    if [[ -v DRY_RUN ]]; then
        printf '%s\n' "$*"
        return 0
    fi
    case $__hm_how in
        quiet) "$@" > /dev/null ;;
        silence) "$@" > /dev/null 2>&1 ;;
        *) "$@" ;;
    esac
}

# The older variables for the same ends.

if [[ -v VERBOSE ]]; then
    export VERBOSE_ARG=--verbose VERBOSE_ECHO=echo VERBOSE_RUN=''
else
    export VERBOSE_ARG='' VERBOSE_ECHO=true VERBOSE_RUN=true
fi

if [[ -v DRY_RUN ]]; then
    export DRY_RUN_CMD=echo DRY_RUN_NULL=/dev/stdout
else
    export DRY_RUN_CMD='' DRY_RUN_NULL=/dev/null
fi

# The conversation with the program that drives this shell: it is told when a step is over and says which is next.

__hm_await() {
    local IFS=' ' answer=''
    read -r -u "$__hm_from_driver" answer || exit 1
    [[ $answer == go ]]
}

__hm_over() { printf 'over %s\n' "$1" >&"$__hm_to_driver"; }

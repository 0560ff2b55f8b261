# Completion of home-manager for bash; the program itself says what may come next.
_home_manager() {
    local word about current=${COMP_WORDS[COMP_CWORD]} words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    while IFS=$'\t' read -r word about; do
        case $word in
            :files) compopt -o default 2>/dev/null ;;
            :directories) compopt -o dirnames 2>/dev/null ;;
            *[.=])
                compopt -o nospace 2>/dev/null
                COMPREPLY+=("$word")
                ;;
            *) COMPREPLY+=("$word") ;;
        esac
    done < <(printf '%s\n' "${words[@]}" | home-manager complete 2>/dev/null)
    # bash takes `--flag=value` for three words, so only what stands behind the last sign is replaced.
    if [[ $current == *=* && $current != = ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${current%%=*}="}")
    fi
}
complete -F _home_manager home-manager

"""The longer pieces of fish code, and the script that makes completions from manual pages."""

SESSION_VARIABLES = """\
# Sets the session variables, which are code for POSIX shells: bash runs it and says what it made of the environment.
function setup_hm_session_vars
  if set -q __HM_SESS_VARS_SOURCED
    return
  end
  for entry in ({bash} --noprofile --norc -c '. "$1" > /dev/null; exec env -0' bash {file} | string split0)
    if string match --quiet --regex '^(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>(?s:.*))$' -- $entry
      contains -- $name _ SHLVL PWD OLDPWD
      or begin
        set -q $name
        and test "$$name" = "$value"
      end
      or set -gx $name $value
    end
  end
end
setup_hm_session_vars
"""

COMPLETION_PATH = """\
# Completions made from the manual pages of packages come before those that fish has made itself, and after all others.
begin
  set -l before
  set -l after
  for directory in $fish_complete_path
    if set -q after[1]; or string match --quiet '*generated_completions*' -- $directory
      set -a after $directory
    else
      set -a before $directory
    end
  end
  set fish_complete_path $before {directory} $after
end
"""

PLUGIN = """\
# Plugin {name}
set -l plugin_dir {src}

# Its functions and completions come after the user's own
if test -d $plugin_dir/functions
  set fish_function_path $fish_function_path[1] $plugin_dir/functions $fish_function_path[2..-1]
end
if test -d $plugin_dir/completions
  set fish_complete_path $fish_complete_path[1] $plugin_dir/completions $fish_complete_path[2..-1]
end

# What it runs when the shell starts
for file in $plugin_dir/conf.d/*.fish $plugin_dir/key_bindings.fish $plugin_dir/init.fish
  if test -f $file
    source $file
  end
end
"""

FROM_MANUAL_PAGES = """\
mkdir "$out"
pages=()
for source in $srcs; do
  if [ -d "$source/share/man" ]; then pages+=("$source/share/man"); fi
done

if (( ${#pages[@]} )); then
  # The generator is a file beside fish, or inside of it where fish was built that way.
  generator=$(fish --no-config -c 'echo $__fish_data_dir/tools/create_manpage_completions.py')
  if [ ! -e "$generator" ]; then
    generator=$PWD/create_manpage_completions.py
    fish --no-config -c 'status get-file tools/create_manpage_completions.py' > "$generator"
  fi
  # Completions are an extra: a page that the generator cannot read does not matter.
  find -L "${pages[@]}" -type f -exec python3 "$generator" --directory "$out" {} + > /dev/null || true
fi
"""
"""The build of the completions for one package, whose outputs are `$srcs`."""

ALL_TOGETHER = """\
mkdir "$out"
for each in $paths; do
  if [ -n "$(ls -A "$each")" ]; then cp -srf "$each"/* "$out"; fi
done
"""
"""The build of the directory of all completions; a later package wins over an earlier one."""

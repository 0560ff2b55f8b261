# Completion of home-manager for fish; the program itself says what may come next.
function __home_manager_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor)
    for line in (string join \n -- $words[2..] | home-manager complete 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path (commandline --current-token --cut-at-cursor)
            case ':directories*'
                __fish_complete_directories (commandline --current-token --cut-at-cursor)
            case '*'
                echo -- $line
        end
    end
end
complete --command home-manager --no-files --arguments '(__home_manager_complete)'

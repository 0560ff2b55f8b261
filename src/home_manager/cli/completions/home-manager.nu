# Completion of home-manager for Nushell; the program itself says what may come next.
let home_manager_other_completer = ($env.config.completions?.external?.completer?)
$env.config.completions.external.enable = true
$env.config.completions.external.completer = {|spans|
    if $spans.0 == "home-manager" {
        let found = ($spans | skip 1 | str join "\n" | ^home-manager complete | lines | split column "\t" value description)
        # Without an answer Nushell offers the files.
        if ($found | any {|each| $each.value starts-with ":" }) { null } else { $found }
    } else if $home_manager_other_completer != null {
        do $home_manager_other_completer $spans
    }
}

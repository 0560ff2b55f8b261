"""i3 and sway, whose configurations are one language: `_options` has what both offer, `_text` how it is written."""

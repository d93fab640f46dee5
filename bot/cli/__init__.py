"""The `parley` command: one module per noun; heavy libraries are imported only by the command that needs them."""

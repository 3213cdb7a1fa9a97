"""The pages of the app, thin: they read the address bar and the widgets, call what is below, and show it.

Text from files reaches the screen through `mapping.pages.style` or as textContent in the table, never as markup.
"""

"""How complete the circle is: figures worked out, put into tables, and what a new place changes."""

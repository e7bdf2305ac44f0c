"""From one time to another in plain text, such as the name of a row."""

TO = "\u2060–\u2060"  # between word joiners: no line ends beside the dash

DATE_FORMAT = "D j M Y"
DATETIME_FORMAT = "D j M Y, g:i\u00a0A"  # no line ends before am and pm
MONTH_DAY_FORMAT = "D j M"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "g:i\u00a0A"
THOUSAND_SEPARATOR = ","

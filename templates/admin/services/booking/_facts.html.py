BBBB BBBBBBBBBBB
XXX XXXXXXXXXXXXXX
  XXXXX
    XXXX gettext(u'Booking code') XXXXX
    XXXXXXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Resident') XXXXX
    XXXX XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Service') XXXXX
    XXXX XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'When and where') XXXXX
    XXXX
      FFFFFFFFF FFFFFFFFFF X
      X 
    XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Status') XXXXX
    XXXX
      BB BBBBBBBBBBBBBBBBBBB
        X XXXXXXXX pgettext(u'of a booking', u'time closed') XXXXXXXXXBBBBB
    XXXXX
  XXXXXX
XXXXX

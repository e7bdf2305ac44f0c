BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Set up the second step') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Set up the second step') XXXXX
  XXX
     gettext(u'Open an app that shows one-time codes on your phone, scan this picture, and enter the six digits that the app then shows.') 
  XXXX
  XXX
    XXXX XXXXXX XXXXX gettext(u'The picture to scan') X XXXXXXXXXXX XXXXXXXXXXXXX
  XXXX
  XXX gettext(u'It cannot be scanned? Type this key into the app:')  XXXXXXXXXXXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Set it up') XXXXXXXXX
      XX XXXXXXBBB BBBBBBBBBBBBBBBBBBXX gettext(u'Use a passkey instead') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

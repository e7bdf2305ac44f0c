BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Decline the place') BBBBBBBB
BBBBB BBBBBBB
   gettext(u'Application %(code)s') SSSSSSSSSSS
    SSSSSSSS
  XX XXXXXXXXXXXX XXXXXXXXBBBB BBBBBBXXXX
  XXXX gettext(u'Decline this place?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'The place goes to another child, and this application ends. You can apply again at any time.') 
  XXXX
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Yes, decline it') XXXXXXXXXXX
        XXXXXXX
      X gettext(u'No, keep the offer') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

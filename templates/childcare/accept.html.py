BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Accept the place') BBBBBBBB
BBBBB BBBBBBB
   gettext(u'Application %(code)s') SSSSSSSSSSS
    SSSSSSSS
  XX XXXXXXXXXXXX XXXXXXXXBBBB BBBBBBXXXX
  XXXX gettext(u'Accept this place?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'The place is then kept for your child. You sign the contract in the nursery before the first day.') 
  XXXX
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Yes, accept it') XXXXXXXXXXX
        XXXXXXX
      X gettext(u'No, go back') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

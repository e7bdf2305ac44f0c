BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Correct the health answers') BBBBBBBB
BBBBB BBBBBBB
  XX
    XXXXXXXXXXXX
    XXXXXXX
  XBBBB BBBBBB gettext(u'Application %(code)s') SSSSSSSSSSS
      SSSSSSSSXXXX
  XXXX gettext(u'Correct the health answers') XXXXX
  BB BBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBB
    XX XXXXXXFFFFFFFFFFFFFXXXXXX
    XX XXXXXXXXXXXXXX
       gettext(u'Only those who look after your child in the nursery can read these answers. They are kept encrypted.') 
    XXXX
    XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
      BBBBBBBBBB
      BBB BBBBB BB BBBBBBBBBB
      XX XXXXXXXXXXXX
        XXXXXXXX gettext(u'Keep') XXXXXXXXXXX
          XXXXXXX
        X gettext(u'Back without keeping') XXXX
      XXXX
    XXXXXXX
  BBBB
    XXX
       gettext(u'Only the guardian can decide that. Please ask them to sign in, or to come to the window.') 
    XXXX
  BBBBB
BBBBBBBB BBBBBBB

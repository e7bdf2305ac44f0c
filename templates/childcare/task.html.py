BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB X  gettext(u'Nursery application') BBBBBBBB
BBBBB BBBBBBB
  XX
    XXXXXXXXXXXX
    XXXXXXX
  XBBBB BBBBBB gettext(u'Application %(code)s') SSSSSSSSSSS
      SSSSSSSSXXXX
  XXXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  BB BBBBBBBBB BB BBBBBBBBBB
    XXX XXXXXXXXXXXXXX
      XXXXX
        XXXX gettext(u'Guardian') XXXXX
        XXX XXXXXXFFFFFFFFFFFFFXXXXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'We reach you') XXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB gettext(u'by the person who acts for you, or at the window') BBBBB
        XXXXX
      XXXXXX
    XXXXX
  BBBB BBBBBBBBB BB BBBBBBBB
    XX XXXXXXXXXXXXXX
       gettext(u'Only those who look after your child in the nursery can read these answers. They are kept encrypted.') 
    XXXX
  BBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Keep and go on') XXXXXXXXXXX
        XXXXXXX
      X gettext(u'Back without keeping') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

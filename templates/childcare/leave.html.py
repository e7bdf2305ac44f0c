BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'The child leaves the nursery') BBBBBBBB
BBBBB BBBBBBB
  XX
    XXXXXXXXXXXX
    XXXXXXBBB BBBBBBB BBBBBBBBBBBBBBBBX
  XBBBB BBBBBB gettext(u"Your child's days") XXXX
  XXXX gettext(u'The child leaves the nursery') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XX XXXXXXFFFFFFFFFFFFFXXXXXX
  XXX
     gettext(u'From the day after, the place is free for another child. Until the last day you can change your mind.') 
  XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Keep the last day') XXXXXXXXXXX
        XXXXXXBBB BBBBBBB BBBBBBBBBBBBBBBBX
      X gettext(u'No, go back') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

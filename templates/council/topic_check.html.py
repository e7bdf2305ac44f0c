BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB BBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Is this right?')  X  gettext(u'Send a topic') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXX gettext(u'Step 2 of 2') XXXX
  XXXX gettext(u'Is this right?') XXXXX
  XXX XXXXXXXXXXXXXX
    XXXXX
      XXXX gettext(u'For the meeting') XXXXX
      XXXXXXXXFFFFFFFFF FFFFFFFFFFXXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'Your topic') XXXXX
      XXX XXXXXXXXXXXXXXXXXX
    XXXXXX
    BB BBBBBBBBBBBBBXXXXX
        XXXX gettext(u'What if') XXXXX
        XXXX
          BBBBBBBBBBBBBBBBB BBBBBBBBBBBBB
        XXXXX
      XXXXXXBBBBB
    BB BBBBBBBBBXXXXX
        XXXX gettext(u'Part of life') XXXXX
        XXXXXXXXX
      XXXXXXBBBBB
    BB BBBBBBBBB BB BBBBBBBBBBBBXXXXX
        XXXX gettext(u'Raised by') XXXXX
        XXX BB BBBBBBBBBBBBBXXXXXXFFFFFFFFFFFFFXBBBBBX
          BB BBBBBBBBBBBBBBBBBBBBBB
        XXXXX
      XXXXXXBBBBB
  XXXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Send it to the council') XXXXXXXXX
      XXXXXXX
        XXXXXXXXXXXXX
        XXXXXXXXXXX
        XXXXXXXXXXX
        XXXXXXXXXXXXBBB BBBBBBBBBBBX
      X
         gettext(u'Change it') 
      XXXXXXXXX
    XXXX
  XXXXXXX
  XX XXXXXXXXXXXXXX
     gettext(u'Your name and your own words stay with the secretary. In public it stands in neutral words with its receipt number.') 
  XXXX
BBBBBBBB BBBBBBB

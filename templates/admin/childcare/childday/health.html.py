BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXX XXXXXX
    XXX XXXXXXFFFFFFFFFFFFFXXXXXXX
    BB BBBBBBBBBBBBBBBBBXX XXXXXXXXXXXXXXXXXX
         gettext(u'The family has withdrawn its consent to these answers. The head of the nursery speaks with them.') 
      XXXXBBBBB
    BB BBBBBB
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
      BB BBBBBBBBBBBBBBBBBXX XXXXXXXXXXXXXX
           gettext(u'as of %(day)s') SS SS
            SSSSSSS
        XXXXBBBBB
    BBBB
      XXX
         gettext(u'There are no health answers about this child. Ask the head of the nursery before the child eats.') 
      XXXX
    BBBBB
    XX XXXXXXXXXXXXXXXX
      XX
        XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXXX
      X gettext(u'The day in the class') XXXX
      BB BBBBBBBBBBBXX
          XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBX
        X gettext(u'Correct the health answers') XXXXBBBBB
    XXXX
  XXXXXX
BBBBBBBB BBBBBBB

BB BBBBBBXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXBBBBB
BB BBBBBBBXXX
     gettext(u'Write it down or read it out now: it is not shown again. A new one makes this one void.') 
  XXXXBBBBB
BB BBB
  XXXX
    XXXX gettext(u'Kept') XXXXX
    XXXXXXXXX
    XXXX gettext(u'Duplicate') XXXXX
    XXXXXXXXX
  XXXXX
  XXXX gettext(u'What moves') XXXXX
  XXXX
    BBB BBBBB BBBBB BB BBBBBBBBBBBBXXXXX XXXXXBBBBB
      XXXX gettext(u'Nothing but the facts of the person.') XXXXXBBBBBB
  XXXXX
BBBBB

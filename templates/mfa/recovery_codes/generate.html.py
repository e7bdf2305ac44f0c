BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Make new recovery codes') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Make new recovery codes') XXXXX
  XXX gettext(u'The old ones no longer open anything.') XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Make new ones') XXXXXXXXX XX
        XXXXXXBBB BBBBBBBBBBBX
      X gettext(u'No, go back') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

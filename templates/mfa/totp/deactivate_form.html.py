BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Remove the app') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Remove the app') XXXXX
  XXX gettext(u'Its codes no longer open the back office.') XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Remove it') XXXXXXXXX XX
        XXXXXXBBB BBBBBBBBBBBX
      X gettext(u'No, go back') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Settings') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Settings') XXXXX
  XXX
     gettext(u'They are kept in one cookie on this device. No account is needed, and nobody learns where you live.') 
  XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBX XXXXXXXXXXX
    BBBBBBBBBB
    XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Keep these settings') XXXXXXXXXXX
        XXXXXXX
      X gettext(u'Back without changes') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBB BBBBB gettext(u'Search: %(query)s') SSSSSSS
      SSSSSSSSSBBBB gettext(u'Search') BBBBBBBBBBBBB BBBBB
BBBBB BBBBBBB
  XXXX
    BB BBBBB gettext(u'Found for “%(query)s”') SSSSS SSS
        SSSSSSSSSSSBBBB gettext(u'Search') BBBBB
  XXXXX
  BBB BBBBB BB BBBBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXX
        BBB BBB BB BBBBBBBBBBXXXX
            XX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXBB BBBBBBBBXXXXX
                  XXXXXXXXXXXX
                XXXXXXXXBBBBBXXXX
          XXXXXBBBBBB
      XXXXX
    XXXXXXXXXX
  BBBBB
    BB BBBBB
       gettext(u'Nothing has this name. Perhaps it is called differently with us.') 
      BBBBBBB BBBBBBBBBBBBBB
      BB BBBB
        XXXX gettext(u'Did you mean') XXXXX
        XXX XXXXXXXXXXXXX
          BBB BBBBB BB BBBBBBB BBB BB BBBBBBBBBBXXXX
                XX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXBB BBBBBBBBXXXXX
                      XXXXXXXXXXXX
                    XXXXXXXXBBBBBXXXX
              XXXXXBBBBBBBBBBBB
        XXXXX
      BBBBB
      XXX
        XX XXXXXXXXXXXXX XXXXXX XXXXXXBBB BBBBBBBBBBXX gettext(u'Look through all services') XXXX
      XXXX
    BBBB
      XXX gettext(u'Type what you look for: a service, a place, a few letters of pinyin.') XXXX
    BBBBB
  BBBBBB
BBBBBBBB BBBBBBB

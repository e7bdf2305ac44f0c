BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB BBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Is our circle complete?') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBXXBBBB BBBBBB gettext(u'My circle') XXXX
  XXXX gettext(u'Is our circle complete?') XXXXX
  BB BBB BBBBBB
    XXXX XXXXXXXXXXXXX
      XXX gettext(u'The figures are not worked out yet. Please come back tomorrow.') XXXX
    XXXXXX
  BBBB
    XX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XX XXXXXXXXXXXXXX
       gettext(u'Meant is %(when)s (%(day)s), %(pace)s. A place that is closed then is no service.') SSSSS
        SS SSSSSSSS SSSSSSSSSS SSSSSSSSS S SSSSS SSSS SS SSSSSS SSSS SS SS
        SSSSSSSS
      BB BBBBBBBBBBBBBBBBBBBBB gettext(u'The holiday arrangement is not announced yet.') BBBBB
    XXXX
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    XXXX XXXXXXXXXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXX
           gettext(u'Who has it within %(limit_minutes)s minutes') SSS SSS SS SSSSSS SSSSSSSSSSSSSSSSS SSSSSSS
        XXXXX
        XXX XXXXXXXXXXXXX
          BBB BBB BB BBBBBBBBBBBBBBBBB
            XXX XXXXXXXXXXXXXXXX
              XXXXX XXXXXXXXXXX XXXXX XXXXXXXXXXXXXXXXXXXXXXXXXX
              XXXXXXXXXXXXX
              XXXXXXX
              XBB BBBBBBBBBBB BB BBBBBB BBB BBB BBBBBBBBBBBB gettext(u'not known') BBBBFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFBBBBBXXXXXXXXX
              BBBBBBBBB BBB BBBBBBBBBBBBBBBBBB
            XXXXX
          BBBBBB
        XXXXX
        XX XXXXXXXXXXXX XXXXXXX
           gettext(u'The bar: thick within 5 minutes, thinner within 10, thinnest within %(limit_minutes)s.') SSS SSSS SSSSS SSSSSS S SSSSSSSS SSSSSSS SSSSSS SSS SSSSSSSS SSSSSS
            SSSSSSSSSSSSSSSSSS
        XXXX
        XX XXXXXXXXXX XXXXXXXXXX
          XX
            XXXXXXXXXXXXXX
            XXXXXXBBB BBBBBBBBBXXXXXXXXXXXXXXXXX
          X gettext(u'What would a new place change?') XXXX
          XX XXXXXXBBB BBBBBBBBBBBXX gettext(u'Raise it with the council') XXXX
          XX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'How we count') XXXX
        XXXX
      XXXXXXXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXXX
          BB BBBBBBBBBBB gettext(u'What each building has') BBBB gettext(u'From which homes it is far') BBBBB
        XXXXX
        BBBBBBB BBBBBBBBBBBBBBBBBBB
      XXXXXXXXXX
    XXXXXX
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
  BBBBB
BBBBBBBB BBBBBBB

BBBB BBBBBBBBBBBBB
XXXX XXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
  XXXXXXX
    XXXXXXX
      XXXX
        XXX XXXXXXXXXXXX gettext(u'Kind, standard, clause') XXXXX
        XXX XXXXXXXXXXXX gettext(u'Residents without') XXXXX
        XXX XXXXXXXXXXXX gettext(u'Beyond the minutes') XXXXX
        XXX XXXXXXXXXXXX gettext(u'Beyond the radius') XXXXX
        XXX XXXXXXXXXXXX gettext(u'Farthest building') XXXXX
      XXXXX
    XXXXXXXX
    XXXXXXX
      BBB BBB BB BBBB
        XXXX
          XXX XXXXXXXXXXXX
            
            BB BBB BBBBBBBBBBBBBBBBBBBBXXXXX
                XXXXXXXXXXXX XXXXXX
              X gettext(u'advised') XXXXXXXBBBBB
            BB BBB BBBBBBBBBBBBBBBBBBBBXXXXX
                XXXXXXXXXXXX XXXXX
              X gettext(u'unverified') XXXXXXXBBBBB
            XXXXXXXXX XXXXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXBB BBBBBBBBBBBBBBB
                X BBBBBXXXXXXX
          XXXXX
          XXXX
            FFFFFFFFFFFFXXXXXXXXX
              XXXXXXXXXXXX XXXXXX
            X gettext(u'elders: %(elders)s') SSSSSSS
                SSSSSSSSSSXXXXXXX
          XXXXX
          XXXX
            FFFFFFFFFFFFXXXXXXXXX
              XXXXXXXXXXXX XXXXXX
            X gettext(u'%(minutes)s min') SSSSSSSSSSS
                SSSXXXXXXX
          XXXXX
          XXXX
            BB BBBBBBBBBBBBBBBBB
              FFFFFFFFFFFFXXXXXXXXX XXXXXXXXXXXX XXXXXXX XXXXXXXX
            BBBB
               gettext(u'no radius') 
            BBBBB
          XXXXX
          XXXX
            XXXXXXXXX XXXXXXXXXXXX XXXXXXXFFFFFFFFFFFFFFFXXXXXXX
            XX XXXXXXXXXX XXXXXXXXXX
              XX
                XXXXXXBBB BBBBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXXXX
              X gettext(u'What if?') XXXXX XXXXXXXXXXXXXXX XXXXXXXXXXX
            XXXX
          XXXXX
        XXXXX
      BBBBBB
    XXXXXXXX
  XXXXXXXX
XXXXXX

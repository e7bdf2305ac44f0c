BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    XXX
       gettext(u'These people have no phone that takes messages, or want to be told at their door. Whoever looks after the house goes there, says what came of it, and nobody is forgotten.') 
    XXXX
    XXXX XXXXXXXXXXXX
      XXX XXXXXXXXXXXXXX
        XXXX
          XX
            XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBX
            BB BBB BBBBXXXXXXXXXXXXXXXXXXXBBBBB
          X gettext(u'All grids') XXXX
        XXXXX
        BBB BBBB BB BBBBBXXXX
            XX
              XXXXXXXXXXXXX
              BB BBBBBBBBB BB BBBBXXXXXXXXXXXXXXXXXXXBBBBB
            XXXXX
          XXXXXBBBBBB
      XXXXX
      BB BBBBBBXX
          XXXXXXXXXXXXFFFFFFFFFXXXXXXXXXXXXX
        X gettext(u'Print slips') XXXXBBBBB
    XXXXXX
    BBB BBBBBBBBB BBBB BB BBBBBB
      XXXX
        BB BBBBBBBBBBBB gettext(u'Building not known') BBBBB
      XXXXX
      BB BBBBBBBB
        XX XXXXXXXXXXXXXX
          BB BBBBBBBBBBBBBBBBBBBB
            X  gettext(u'grid worker') 
            BBBBB
          BB BBBBBBBBBBBBB
            X  gettext(u'building head') 
            BBBBB
        XXXX
      BBBBB
      XXX XXXXXXXXXXX XXXXXXXX
        BBB BBBBBBBB BBBBB BBBBBBBB BB BBBB
          XXXX
            XXX
              XXXXXXXXFFFFFFFFFFFFFFFFFFFFXXXXXXXXXBB BBBBBBBBBBBBBBBBBBBBBBBBBB
                X
                BBBBB
              XXXXX XXXXXXXXXXXXXXX FFFFFFFFF X XXXXXXX
            XXXX
            XX XXXXXXFFFFFFFFFFFFFXXXXXX
            BB BBB BBBBBBBB
              XX XXXXXXXXXXXXXX
                 X
                 gettext(u'again on %(day)s') SSSSS SS
                  SSSSSSS
              XXXX
            BBBB BBBBBBB
              XXXXX
                XXXXXXXXXXXXX
                XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBX
                XXXXXXXXXXXXXXX
              X
                BBBBBBBBBB
                XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
                XXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'Told') XXXXXXXXX
                XXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'Note left') XXXXXXXXX
                XXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXXXX gettext(u'Nobody met') XXXXXXXXX
                BB BBBBBBBBBBBBBBBBXXXXX
                    XXXXXXXXXXXXX
                  X ngettext(u'%(times)s time in vain', u'%(times)s times in vain', count) SSSSSSSSS SSSS SS
                      SSSSPPPPPPPPP PPPPP PP PPPPXXXXXXXBBBBB
              XXXXXXX
            BBBBB
            BB BBBBBBBBBBBBBBBBBBB
              XX XXXXXXXXXXXXXX
                 gettext(u'%(name)s goes there.') SSSSSSSS SSSS
                  SSSSSS
              XXXX
            BBBBB
            BB BBBBBBBBBB BBB BBBBBBB
              XXXXX
                XXXXXXXXXXXXX
                XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBX
                XXXXXXXXXXXXXX XXXXXX
              X
                BBBBBBBBBB
                XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
                XXXXXXX XXXXXXXXX XXXXXXXXXXXX gettext(u'Who goes there') XX
                  BBB BBBB BB BBBBBBBBBB
                    BB BBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBBBBBBB BBB BBBBBBBBBBBB BB BBBBBBBBBBBBBBBBBBBBBB
                      XXXXXXX XXXXXXXXX
                        BB BBBBBBBBBBBBB
                          X 
                        BBBB BBBBBBBBB
                          X 
                        BBBBB
                      XXXXXXXXX
                    BBBBB
                  BBBBBB
                XXXXXXXXX
                XXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXX gettext(u'Hand over') XXXXXXXXX
              XXXXXXX
            BBBBB
          XXXXX
        BBBBBB
      XXXXX
    BBBBB
      XXX gettext(u'Nobody waits for a knock.') XXXX
    BBBBBB
  XXXXXX
BBBBBBBB BBBBBBB

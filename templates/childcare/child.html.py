BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u"Your child's days") BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBXXBBBB BBBBBB gettext(u'My matters') XXXX
  XXXX
    XXXXX XXXXXXFFFFFFFFFFFFFXXXXXXXXX
    X 
  XXXXX
  BB BBBBBBBBBBBBBBBBBBBB
    XXXX XXXXXXXXXXX XXXXXX
      XXX
         gettext(u'The last day in the nursery is %(day)s.') SSS SSSS SSS SS SSS SSSSSSS SS
          SSSSSSSS
      XXXX
      BB BBBBBBBBBBB BBB BBBBBBBBBBBXXXXX
          XXXXXXXXXXXXX
          XXXXXXXXBBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBX
        X
          BBBBBBBBBB
          XXXXXXX XXXXXXXXXXXXXX gettext(u'No, the child stays') XXXXXXXXX
        XXXXXXXBBBBB
    XXXXXX
  BBBBB
  BB BBBBBBBBBBBXX XXXXXXXXXXXX
      XX
        XXXXXXXXXXXXXX
        XXXXXXBBB BBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBX
      X gettext(u'Report an absence') XXXX
    XXXXBBBBB
  BB BBBBBBBB
    XXXX gettext(u'Stays at home') XXXXX
    XXX XXXXXXXXXXXXX
      BBB BBBB BB BBBBBBBBXXXX
          XXXX XXXXXXXXXXXXX
            XXXXXXXXFFFFFFFFFXXXXXXXXX
            XXXXX XXXXXXXXXXXXXBB BBBBBBBBBBBB
                X
                 gettext(u'reported late') BBBBBXXXXXXX
            XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBXX
              BBBBBBBBBB
              XXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXFFFFFFFFFFFFXX
              XXXXXXX XXXXXXXXXXXXXX
                 gettext(u'Comes after all') XXXXX XXXXXXXXXXXXXXXXXXXXXXXX
                  FFFFFFFFFXXXXXXX
              XXXXXXXXX
            XXXXXXX
          XXXXXX
        XXXXXBBBBBB
    XXXXX
  BBBBB
  XXXX gettext(u'How the days were') XXXXX
  BB BBBB
    XXX XXXXXXXXXXXXX
      BBB BBBB BB BBBBXXXX
          XXXX XXXXXXXXXXXXX
            XXXXXXXXFFFFFFFFFXXXXXXXXX
            XXXXX XXXXXXXXXXXXXBB BBBBBBBBBBB
                X
                BBBBBBB BBBBBBBBBBBBBBB
                X
                 gettext(u'came at %(time)s') SSSS SS
                  SSSSSSSSBBBBBBB BBBBBBBBBBBB
                X
                 gettext(u'left at %(time)s') SSSS SS
                  SSSSSSSSBBBBBBB BBBBBBBBBBBBBBBBB
                X
                 gettext(u'with %(name)s') SSSS
                  SSSSSSSSBBBB BBBBBBBBBBBBBBBBBBBB
                X
                 gettext(u'with the person whom you empowered') BBBBBXXXXXXX
            BB BBBBBBBBBBBBBBXXX
                 gettext(u'Recorded afterwards by the nursery on %(day)s:') SSSSSSSS SSSSSSSSSS SS SSS
                  SSSSSSS SS SSSSSSSS
                XXXXX XXXXXXXXXXXXXXXXXXXXXX
              XXXXBBBBB
            BB BBBBBBBBBBBBBBBXXX XXXXXXXXXXXXXX
                BB BBBBBBBBXXXXX
                    XXXX gettext(u'Ate') XXXXX
                    XXXXXXXXX
                  XXXXXXBBBBB
                BB BBBBBBBBBBXXXXX
                    XXXX gettext(u'Slept') XXXXX
                    XXXXXXXXX
                  XXXXXXBBBBB
                BB BBBBBBBBBXXXXX
                    XXXX gettext(u'Mood') XXXXX
                    XXXXXXXXX
                  XXXXXXBBBBB
              XXXXX
              BB BBBBBBBBBXX XXXXXXXXXXXXXXXXXXXBBBBBBBBBB
          XXXXXX
        XXXXXBBBBBB
    XXXXX
  BBBB
    XXX gettext(u'Nothing yet. After the first day it stands here.') XXXX
  BBBBB
  BB BBBBBBBBBB
    XXXX gettext(u'Who may collect the child') XXXXX
    XXX XXXXXXXXXXXXX
      BBB BBBB BB BBBBBBBBBBXXXX
          XX XXXXXXXXXXXXX
            XXXXXXXXXXXXXXXXX XXXXX XXXXXXXXXXXXX X XXXXXXX
          XXXX
        XXXXXBBBBBB
    XXXXX
    BB BBBBBBBBBBBXXX
        XX XXXXXXBBB BBBBBBBBBBBBBXX gettext(u'Let a grandparent act for you') XXXX
      XXXXBBBBB
  BBBBB
  BB BBBBBBBBBBB BBB BBBBBBBBBBBXX XXXXXXXXXX XXXXXXXXXX
      XX
        XXXXXXBBB BBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBX
      X gettext(u'Correct the health answers') XXXX
      XX XXXXXXBBB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBXX gettext(u'The child leaves the nursery') XXXX
    XXXXBBBBB
BBBBBBBB BBBBBBB

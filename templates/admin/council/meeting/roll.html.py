BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    XX XXXXXXXXXXXXX
       gettext(u'As it stands: %(present)s of %(entitled)s voting members present, %(quorum)s needed.') SS SS
        SSSSSSS SSSSSSSSSSS SS SSSSSSSSSSSS SSSSSS SSSSSSS SSSSSSSS SSSSSSSSSS
        SSSSSSS
    XXXX
    BB BBBBB
      XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
        BBBBBBBBBB
        XXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXXX
        XXXXXX XXXXXXXXXXXXXX
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'Name') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Seat') XXXXX
              XXX XXXXXXXXXXXX gettext(u'There?') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Came later, at') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Left earlier, at') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBB BB BBBBB
              XXXX
                XXX XXXXXXXXXXX XXXXXXXXXXX
                  
                XXXXX
                XXXX
                  BB BBB BBBBBBBBBBBBBBBBBBBB
                    X  gettext(u'no vote') BBBBB
                XXXXX
                XXXX
                  BB BBBBBBBBBBBXXXXX XXXXXXXXXXXXXX gettext(u'Saved by now:') 
                      XXXXXXXBBBBB
                  BBBB BBBBBBBBBBBBBBBBBBBBBBXXXXXX
                      XXXXXXXXXXXXXXXXXXXXXXX
                      XXXXXX
                    X gettext(u'There?') 
                      XXXXXXXXBBBBBBB
                XXXXX
                BBB BBBBB BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
                  XXXX
                    XXXXXX
                      XXXXXXXXXXXXXXXXXXXXXXX
                      XXXXXX
                    X XXXXXXXX
                    BBB BBBBB BB BBBBBBBBBBBBXXXXX
                        XXXXXXXXXXXXX
                        XXXXXXXXXXX
                      XXXXXXXXBBBBBB
                  XXXXX
                BBBBBB
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
        XX XXXXXXXXXXXXXXXX
          XXXXXX XXXXXXXXXXXXX XXXXXXX gettext(u'Put down the roll') XX
          XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBXX gettext(u'No, go back') XXXX
        XXXX
      XXXXXXX
    BBBB
      XXX gettext(u'Nobody holds a seat on that day.') XXXX
      XXX
        XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Seats') XXXX
      XXXX
    BBBBB
  XXXXXX
BBBBBBBB BBBBBBB

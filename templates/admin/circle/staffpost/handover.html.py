BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBBB
  XXXX XXXXXXXXXXXXXXXXXXXX
    XX XXXXXXBBB BBBBBBBBBBBBBXX gettext(u'Home') XXXX X
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBXXFFFFFFFFXXXX X
    
  XXXXXX
BBBBBBBB BBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    BBB BBBB BB BBBBBB
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXX
        XXX
          BB BBBBBBBBBBBB
             gettext(u'Away from %(from)s to %(until)s; %(name)s stands in.') 
              SSSS SSSS SSSSSSSS SS SSSSSSSSSS SSSSSSSS SSSSSS SSS
            
          BBBB BBBBBBBBBBBBBBBBB
             gettext(u'The post ends on %(day)s.') SSS SSSS SSSS SS
              SSSSSSSS
          BBBBB
        XXXX
        BB BBB BBBBBBBBB
          XXX gettext(u'Nothing is left open.') XXXX
        BBBB BBB BBBBBBBBBBBBBBB
          XXX gettext(u'There is no colleague in office to take it.') XXXX
        BBBB
          XXXXX XXXXXXXXXXXXXX
            BBBBBBBBBB
            XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
            XXX XXXXXXXXXXXXX
              BBB BBBB BB BBBBBBBBB
                XXXX
                  XXXXXXX
                    XXXXXX XXXXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXX XXXXXXXX
                    BB BBBBBBBBFFFFFFFFFFFFFFFFFF XBBBBB
                    
                  XXXXXXXX
                XXXXX
              BBBBBB
            XXXXX
            XX XXXXXXXXXXXXXX
              XXXXXX XXXXXXXXXX gettext(u'Who takes it over') XXXXXXXX
              XXXXXXX XXXXXXXX XXXXXXXXXX
                BBB BBBB BB BBBBBBBBBBBBBBB
                  XXXXXXX
                    XXXXXXXX
                    BB BBBBBBB BB BBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXXXBBBBB
                  X
                    
                  XXXXXXXXX
                BBBBBB
              XXXXXXXXX
            XXXX
            XX XXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXX gettext(u'Hand over') XXXXXX
          XXXXXXX
        BBBBB
      XXXXXXXXXX
    BBBBB
      XXX gettext(u'Nobody who is away or has left has open work.') XXXX
    BBBBBB
  XXXXXX
BBBBBBBB BBBBBBB

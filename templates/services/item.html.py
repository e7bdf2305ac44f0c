BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBBBBBBBB
BBBBB BBBBBBBBBBBFFFFFFFFFFFFFFFFFBBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBXXBBBB BBBBBB gettext(u'Services') XXXX
  XXXXXXXX XXXXXXXXXXX
    XXXXXXXXX
    XXX
      BB BBBBBBBBBBBBBBBBBBBXXXXX XXXXXXXXXXXX XXXX gettext(u'done on the spot') XXXXXXXBBBBB
      BB BBBBBBBBBBBBBBBXXXXX
          XXXXXXXXXXXXX
        X gettext(u'full agency: we do the errands') XXXXXXXBBBBB
      BB BBB BBBBBBBBBBBBBBBBXXXXX XXXXXXXXXXXX XXXXXX gettext(u'unverified') XXXXXXXBBBBB
    XXXX
    BB BBBBBBBXXXX XXXXXXXXXXX XXXXXX
        XXX
           gettext(u'This item left the catalogue on %(day)s. Please phone before you come.') SSSS SSSS SSSS SSS SSSSSSSSS SS
            SSSSSSSS SSSSSS SSSSS SSSSSS SSS SSSSS
        XXXX
      XXXXXXBBBBB
    BB BBBBBBBBBBB BB BBBBBBBBXXXX XXXXXXXXXXX XXXXXX
        XXX gettext(u'This item is paused for now. Please phone before you come.') XXXX
      XXXXXXBBBBB
    XXXXXXX
    XXXX XXXXXXXXXXXX
      XXXXX
        BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
      XXXXXX
      XXXXX
        XXXX gettext(u'Where and when') XXXXX
        BB BBBB
          XXX XXXXXXXXXXXXXX
            XXXXX
              XXXX gettext(u'Place') XXXXX
              XXXX
                XX
                  XXXXXXX
                XXXXXXXXXBB BBBBBBBBBBBBBBBBBBBBBBXXXXXXXXX
                    XXXXXXXXXXXXX
                  XXXXXXXXBBBBB
              XXXXX
            XXXXXX
            BBBBBBB BBBBBBBBBBBBBBBBBB
            BB BBBBBBBBBBXXXXX
                XXXX gettext(u'Ask first') XXXXX
                XXXXXX XXXXXXXXXXXXX XXXXXXXXXXFFFFF FXXXXXXXXXXX
              XXXXXXBBBBB
          XXXXX
        BBBB
          XXXXXXX
          BB BBBBBBBBBBXXX
              XX XXXXXXXXXXXXX XXXXXXXXXXFFFFF FXXXXXX
            XXXXBBBBB
        BBBBB
        BB BBBBBBBB
          XX XXXXXXXXXXXX
            XX
              XXXXXXXXXXXXXX
              XXXXXXBBB BBBBBB BBBBBBBBBX
            XBBBB BBBBBBBBBB gettext(u'Book a time') XXXX
            XX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'I have a booking already') XXXX
          XXXX
          XX XXXXXXXXXXXX XXXXXXX
             gettext(u'Or let us book for you: %(phone)s, or at the window.') SS SSS SS SSSS SSS SSSS SSSSSSSSSS SS SS
              SSS SSSSSSS
          XXXX
        BBBB
          XX XXXXXXXXXXXXX gettext(u'No booking is needed: come by, or phone.') XXXX
        BBBBB
        BB BBBBBBB
          XXXX gettext(u'Often needed together') XXXXX
          XXX XXXXXXXXXXXXX
            BBB BBBBB BB BBBBBBBXXXX
                XX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
              XXXXXBBBBBB
          XXXXX
        BBBBB
      XXXXXX
    XXXXXX
  XXXXXXXXXX
  XX XXXXXXXXXX XXXXXXXXXX
    XX XXXXXXXXXXXXX XXXXXX XXXXXXXXXXXXXXXXBBBB BBBBBBB gettext(u'Sheet for printing') XXXX
    XXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX
      BBBB BBBBBBB
       gettext(u'Read aloud') 
    XXXXXXXXX
  XXXX
BBBBBBBB BBBBBBB

BBBB BBBBBBBBBBB BBBBBBBBBBBBB
XXXX XXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
  XXXXXXX
    XXXXXXX
      XXXX
        XXX XXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXX
           gettext(u'Residents within 5, 10, %(limit_minutes)s minutes') SSSSSSSSS SSSSSS SS SSS SSSSSSSSSSSSSSSSS
            SSSSSSS
        XXXXX
        XXX XXXXXXXXXXXX
           gettext(u'Elders within 5, 10, %(limit_minutes)s minutes') SSSSSS SSSSSS SS SSS SSSSSSSSSSSSSSSSS SSSSSSS
        XXXXX
        BB BBBBBBBBBBBBBXXX XXXXXXXXXXXX
             gettext(u'Required kinds met (for elders)') 
          XXXXXBBBBB
      XXXXX
    XXXXXXXX
    XXXXXXX
      BBB BBB BB BBBB
        XXXX
          XXX XXXXXXXXXXXX
            BB BBBBBBBBXXXXX
                XXXXXXXXXXX XXXXX
                XXXXXXXXXXXXXXXXXX
              XXXXXXXXBBBBB
            
          XXXXX
          XXXX
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF X
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF X
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
          XXXXX
          XXXX
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFF X
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFF X
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFF
          XXXXX
          BB BBBBBBBBBBBBB
            XXXX
              BB BBBBBBBBBBBB BB BBBB
                 gettext(u'nothing required') 
              BBBB
                BB BBB BBBBBBBBBBBB gettext(u'at least') BBBBB
                FFFFFFFFFFFFF XFFFFFFFFFFFFFX
              BBBBB
            XXXXX
          BBBBB
        XXXXX
      BBBBBB
    XXXXXXXX
  XXXXXXXX
XXXXXX

BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    XXX
       gettext(u'The council has given these to your firm. You read what everybody may read; who raised it stays with the secretary.') 
    XXXX
    XXX XXXXXXXXXXXXX
      BBB BBBBB BB BBBBBB
        XXXX
          XXX
            XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXXXXXXXXX
              XXXXXXXXXXXXXX
            XXXXX XXXXXXXXXXXXXXX  X XXXXXXX
          XXXX
          XX XXXXXXXXXXXXXX
            BB BBBBBBBBBBBB BB BBBBBBBBBB
              BBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB
                BB BBBB X
                  FFFFFFFFFBBBB gettext(u'Nothing said yet') BBBBB
              BBBBBBB
            BBBB
               X FFFFFFFFF
            BBBBB
          XXXX
        XXXXX
      BBBBB
        XXXX gettext(u'Nothing is assigned to your firm.') XXXXX
      BBBBBB
    XXXXX
  XXXXXX
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBBBBBBBB
BBBBB BBBBBBBBBBBFFFFFFFFFFFFFFFFFBBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBXXBBBB BBBBBB gettext(u'Elder care') XXXX
  XXXXXXXX XXXXXXXXXX
    XXXXXXXXX
    BB BBBBBBBB BB BBBBBBBBBBB
      BBBBBBB BBBBBBBBBBBBBBBBBBBBB
      XXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXX
          XXX XXXXXXXXXXXXXXXXXX gettext(u'Duty phone, day and night') XXXXX
          XXX
            XX
              XXXXXXXXXXXXX
              XXXXXXXXXXFFFFF FX
            XBBBB BBBBBBBXXXX
          XXXX
          XX XXXXXXXXXXXX XXXXXXX
             gettext(u'Say your name, your building and what has happened. Stay on the line.') 
          XXXX
        XXXXXX
      XXXXXXXXXX
    BBBBB
    XXXXXXX
    XXX XXXXXXXXXXXXXX
      XXXXX
        XXXX gettext(u'Who gives it') XXXXX
        XXXXXXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Where') XXXXX
        XXXX
          BB BBBBBBBBBBBBBBB gettext(u'At your home') XXXXXXXXX
              XXXXXXXXXXXX XXXXXX
            X gettext(u'from') 
            XXXXXXXBBBBBXX XXXXXXXXXXXX
        XXXXX
      XXXXXX
      BB BBBBBBBBBBBBXXXXX
          XXXX gettext(u'How long') XXXXX
          XXXX
             gettext(u'about %(minutes)s minutes') SSSSS SSSSSSSSSSS
              SSSSSSS
          XXXXX
        XXXXXXBBBBB
      XXXXX
        XXXX gettext(u'Price') XXXXX
        XXXX
          BB BBB BBBBBBBBBBBBBBBB
            XXXXX XXXXXXXXXXXX XXXXXX gettext(u'unverified') XXXXXXXBBBBB
        XXXXX
      XXXXXX
    XXXXX
  XXXXXXXXXX
  BB BBBBBBBBBBBBBBB
    XX XXXXXXXXXXXX
      XX
        XXXXXXXXXXXXXX
        XXXXXXBBB BBBBBBBBBB BBBBBBBBBX
      XBBBB BBBBBBBBBBBB BBBBBBBB BB BBBBBBBBB gettext(u'Book a time') BBBB gettext(u'Ask for it') BBBBBXXXX
      XXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX
        BBBB BBBBBBB
         gettext(u'Read aloud') 
      XXXXXXXXX
    XXXX
    XX XXXXXXXXXXXXXX
       gettext(u'Or phone %(phone)s: we fill in everything for you.') SS SSSSS SSSSSSSSSS SS SSSS SS SSSSSSSSSS SSS
        SSSS
    XXXX
  BBBBB
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    BB BBBBBB
      XXX XXXXXXXXXXXXXXXX
        BBB BBBBBB BB BBBBBBXXXX
            XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBXXXXXX
            XXXXX XXXXXXXXXXXXXX FFFFFFFFFF
              FFFFFFFFFFXXXXXXX
          XXXXXBBBBBB
      XXXXX
    BBBB BBBBB
      XX XXXXXXXXXXXXXX
         gettext(u'Nobody is found by “%(typed)s”. Try the whole number, two characters of the name, or a booking code.') SSSSSS SS SSSSS SS SSSSSSSSSSSS SSS SSS SSSSS SSSSSSS SSS SSSSSSSSSS SS
          SSS SSSSS SS S SSSSSSS SSSSS
      XXXX
      BB BBBBBBBXXX
          XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Register a resident') XXXX
        XXXXBBBBB
    BBBB
      XXX
         gettext(u'Type into the box above: a phone number or its last four digits, a name, initials such as wgl, a booking code, or a building.') 
      XXXX
    BBBBB
  XXXXXX
BBBBBBBB BBBBBBB

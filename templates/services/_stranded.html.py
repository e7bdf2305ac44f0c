BBBB BBBBBBBBBBB
BB BBBBBBBBBBBBBBBBBBB
  XXXX XXXXXXXXXXX XXXXX XXXXXXXXXXXXXX
    XXXXXXXXXXX gettext(u'This time has been closed.') XXXXXXXXXXXXX
    XXX
      BB BBBBBBBBB
         gettext(u'It was closed after you booked. Take the next free time or choose another, or phone us: %(phone)s.') SS SSS SSSSSS SSSSS SSS SSSSSSS SSSS SSS SSSS
          SSSS SSSS SS SSSSSS SSSSSSSS SS SSSSS SSS SSSSSSSSSS
      BBBB
         gettext(u'It was closed after you booked. Please phone us for another time: %(phone)s.') SS SSS SSSSSS SSSSS SSS SSSSSSS SSSSSS SSSSS SS
          SSS SSSSSSS SSSSS SSSSSSSSSS
      BBBBB
    XXXX
    BB BBBBBBBBB
      XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBBBBX XXXXXXXXXXXXXXXXX
        BBBBBBBBBB
        XXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
        XXX
          XXXXXXXX
             gettext(u'Take %(day)s, %(time)s, %(place)s') SSSS
              SSSSSSSS SSSSSSSSS SSSSSSSSS
          XXXXXXXXX
        XXXX
      XXXXXXX
    BBBBB
  XXXXXX
BBBBB

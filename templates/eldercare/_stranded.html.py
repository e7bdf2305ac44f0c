BB BBBBBBBBBBBBBBBBBBB
  XXXX XXXXXXXXXXX XXXXX XXXXXXXXXXXXXX
    XXXXXXXXXXX gettext(u'This time has been closed.') XXXXXXXXXXXXX
    XXX
       gettext(u'It was closed after you booked. Please phone us for another time: %(phone)s.') SS SSS SSSSSS SSSSS SSS SSSSSSS SSSSSS SSSSS SS
        SSS SSSSSSS SSSSS SSSSSSSSSS
    XXXX
  XXXXXX
BBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Find my booking') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Find my booking') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'No account is needed: the phone number and the booking code are enough to see, move or cancel it.') 
  XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Show my booking') XXXXXXXXXXX
        XXXXXXBBB BBBBX
      X gettext(u'All my bookings: sign in with your phone') XXXX
    XXXX
  XXXXXXX
  XX XXXXXXXXXXXXXX
     gettext(u'Code lost? Phone %(phone)s.') SSSS SSSSS SSSSS
      SSSSSSSSSS
  XXXX
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Withdraw a consent') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBXXBBBB BBBBBB gettext(u'My data') XXXX
  XXXX gettext(u'Withdraw a consent') XXXXX
  XXXXXXXXXXXXXXXXXXXXBB BBBBBBBBBBBBBB X BBBBBXXXX
  XXXXXXX
  XX XXXXXXXXXXX XXXXXX
     gettext(u'What rests on this consent ends now: bookings and applications that need it are cancelled, and the answers are wiped. What was done until today stays right.') 
  XXXX
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Withdraw the consent') XXXXXXXXX
      XX XXXXXXBBB BBBBBBBBBXX gettext(u'No, go back') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

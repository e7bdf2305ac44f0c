BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Withdraw the application') BBBBBBBB
BBBBB BBBBBBB
   gettext(u'Application %(code)s') SSSSSSSSSSS
    SSSSSSSS
  XX XXXXXXXXXXXX XXXXXXXXBBBB BBBBBBXXXX
  XXXX gettext(u'Withdraw this application?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB

  XXX
     gettext(u'This application ends, and a place that was kept becomes free. You can apply again at any time.') 
  XXXX
  XXXXX XXXXXXXXXXXXXX
    BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Yes, withdraw it') XXXXXXXXXXX
        XXXXXXX
      X gettext(u'No, keep it') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

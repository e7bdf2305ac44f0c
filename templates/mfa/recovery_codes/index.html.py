BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Recovery codes') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Recovery codes') XXXXX
  XXX
     gettext(u'Print them and keep them in the safe: where the phone is lost, each of them opens the door once.') 
  XXXX
  XXXX
    BBB BBBB BB BBBBBBBBBBBBXXXXXXXXXXXXXXXXXXXXXXBBBBBB
  XXXXX
  XX XXXXXXXXXXXX
    XX XXXXXXBBB BBBBBBBBBBBBBXX gettext(u'To the back office') XXXX
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Make new ones') XXXX
  XXXX
BBBBBBBB BBBBBBB

XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
  XXX XXXXXXXXXXXXXXXXXXX gettext(u'How we count') XXXXX
  BB BBBBBBBBBBBBBBBBBBBXXX
       gettext(u'Minutes marked as an estimate are the straight line on the map times 1.3: for these places no street is known yet.') 
    XXXXBBBBB
  BB BBBBBBB
    XXX
       gettext(u'Minutes go along real streets, at the pace you chose, with the wait at each crossing. Queues and lifts are not counted, slopes only where the map gives them.') 
    XXXX
    XX XXXXXXXXXXXX XXXXXXX
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    XXXX
  BBBBB
  XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'How we count, in full') XXXXXXXX
XXXXXXXXXX

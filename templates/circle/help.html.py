BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Help and contact') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Help and contact') XXXXX
  XXXX XXXXXXXXXXXXX
    XXX
       gettext(u'The quickest way is to ask a person:') XXXXXX
        XXXXXXXXXXXXX
        XXXXXXXXXXFFFFF FX
      XBBBB BBBBBBBXXXXXXXX
    XXXX
    BB BBBBBBBBBBBBBBBBBXXX
         gettext(u'Or come to the window: %(address)s') SS SSSS SS SSS SSSSSSS
          SSSSSSSSSSS
      XXXXBBBBB
  XXXXXX
  XXXX gettext(u'Finding something') XXXXX
  XXX
     gettext(u'Type into the search box what you would say to a neighbour. Chinese characters, pinyin (gaolingjintie), the first letters alone (gljt) and English all work, and small slips such as n for l or s for sh are forgiven.') 
  XXXX
  XXXX gettext(u'Larger text') XXXXX
  XXX
     gettext(u'“Elder mode” at the top of every page makes text and buttons large and keeps only what matters. The settings also offer high contrast and dark colours.') 
  XXXX
  XXXX gettext(u'Minutes on foot') XXXXX
  XXX
     gettext(u'Choose your building once. Every place then shows its minutes from your door, at your pace.') 
    XX XXXXXXBBB BBBBBBBBBBBBBBBBBXX gettext(u'Choose my building') XXXX
    X XX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'How we count') XXXX
  XXXX
  XXXX gettext(u'Booking a time') XXXXX
  XXX
     gettext(u'On the page of a service choose “Book a time”, then say for whom. You get a code of eight letters and digits: say it at the desk. You can move or cancel it until two hours before, unless the page says otherwise.') 
    XX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'Find my booking') XXXX
  XXXX
  XXXX gettext(u'For someone else, or without a phone') XXXXX
  XXX
     gettext(u'Everything on this site can also be done at the window or by phone. You may ask for a relative or a neighbour; bring their papers.') 
  XXXX
  XXXX gettext(u'Beware of fraud') XXXXX
  XXX
     gettext(u'We never ask for passwords, codes or transfers by phone.') 
    XX XXXXXXBBB BBBBBBXX gettext(u'Did a message really come from us? Check its code.') XXXX
  XXXX
BBBBBBBB BBBBBBB

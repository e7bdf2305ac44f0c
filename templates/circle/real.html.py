BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Did this message come from us?') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Did this message come from us?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  BB BBBBBBBB
    BB BBBBB
      XXXX XXXXXXXXXXX XXX XXXXXXXXXXXXXX
        XXXXXXXXXXX gettext(u'Yes, we wrote this message.') XXXXXXXXXXXXX
        XXXX
          BBB BBBBBB BBB BB BBBBBXXXX X FFFFFFFFFXXXXXBBBBBB
        XXXXX
        XXX
           gettext(u'Does your message say something else? Then somebody has copied our code: trust it not.') 
        XXXX
      XXXXXX
    BBBB
      XXXX XXXXXXXXXXX XXXXXXXX XXXXXXXXXXXXXX
        XXXXXXXXXXX gettext(u'We know no message with this code.') XXXXXXXXXXXXX
        XXX
           gettext(u'Look once more whether it is typed right. If it is, the message is not from us: follow no link in it, pay nothing, pass on no code, and phone us on %(phone)s or the police on 110.') SSSS SSSS SSSS SSSSSSS SS SS SSSSS SSSSSS SS
            SS SSS SSS SSSSSSS SS SSS SSSS SSS SSSSSS SS SSSS SS SSS SSS SSSSSSSS SSSS SS SS SSSSS SSS SSSSS
            SS SS
            SSSSSSSSS SS SSS SSSSSS SS SSSS
        XXXX
      XXXXXX
    BBBBB
  BBBBB
  XXX
     gettext(u'Each message of ours carries a code of its own. Type it here: we say what kind of message it was and from which day, not whom it was for.') 
  XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXXXXXXXXXX gettext(u'Check it') XXXXXXXXXXXXX
  XXXXXXX
  XXXX gettext(u'Beware of fraud') XXXXX
  XXXX
    XXXX gettext(u'We never ask for passwords, codes or transfers by phone.') XXXXX
    XXXX gettext(u'We never send a link where money is to be paid.') XXXXX
    XXXX
       gettext(u'In doubt phone %(phone)s, the number on the wall of the hall, and not the one in the message.') SS SSSSS SSSSS SSSSSSSSSS SSS SSSSSS SS SSS
        SSSS SS SSS SSSSS SSS SSS SSS SSS SS SSS SSSSSSSS
    XXXXX
  XXXXX
BBBBBBBB BBBBBBB

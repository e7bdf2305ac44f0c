BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'How we tell you') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBXXBBBB BBBBBB gettext(u'What we wrote to you') XXXX
  XXXX gettext(u'How we tell you') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'This holds for messages to %(name)s.') SSSS SSSSS SSS SSSSSSSS SS
      SSSSSSSSS
    BB BBBBB
       gettext(u'Between %(start)s and %(end)s we send nothing but what cannot wait, such as a sign-in code or a visit that is called off.') SSSSSSS SSSSSSSSS SSS
        SSSSSSS SS SSSS SSSSSSS SSS SSSS SSSSSS SSSSS SSSS SS S SSSSSSS SSSS SS S SSSSS SSSS SS SSSSSS
        SSSS
    BBBBB
  XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Keep this') XXXXXXXXXXX
        XXXXXXBBB BBBBBBBBBBBBBX
      X gettext(u'Back without changes') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB

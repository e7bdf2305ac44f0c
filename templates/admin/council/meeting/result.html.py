BBBBBBB BBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXX
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    XX XXXXXXXXXXXXX
       gettext(u'As it stands: %(present)s of %(entitled)s voting members present, %(quorum)s needed.') SS SS
        SSSSSSS SSSSSSSSSSS SS SSSSSSSSSSSS SSSSSS SSSSSSS SSSSSSSS SSSSSSSSSS
        SSSSSSS
    XXXX
    BB BBBBBBBBBBXXX
        XXXXXXXXXXXXXXXXX  X
         gettext(u'%(yes)s for it, %(needed)s were needed.') SSSSSSS SSS SSS
          SSSSSSSSSS SSSS SSSSSSS
        XX
          XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBB BBBBBBBX
        X gettext(u'Annul this count') XXXX
      XXXXBBBBB
    BBB BBBB BB BBBBBBBBXX XXXXXXXXXXXXXX
         gettext(u'%(number)s is annulled: %(reason)s') SSSSSSSSSS SS SSSSSSSSS
          SSSSSSSSSS
      XXXXBBBBBB
    BB BBBB
      BB BBBBBBBBBBB BBB BBBBBBBBBBXXXX XXXXXXXXXXXXX
          XXX gettext(u'Saved by now:') XXXX
          XXXX XXXXXXXXXXXXXXXFFFFFFFFFFXXXXXX
          XXX
             gettext(u'%(yes)s for, %(no)s against, %(abstain)s abstained') SSSSSSS
              SSSS SSSSSS SSSSSSSS SSSSSSSSSSS SSSSSSSSS
          XXXX
        XXXXXXBBBBB
      XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
        BBBBBBBBBB
        XXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXXX
        BBB BBBBB BB BBBBBBBBBB
        XX XXXXXXXXXXXXXXXX
          XXXXXX XXXXXXXXXXXXX XXXXXXX gettext(u'Put down the resolution') XX
          XX XXXXXXXX gettext(u'No, go back') XXXX
        XXXX
      XXXXXXX
    BBBBB
    BB BBB BBBBBBBBBB
      XXXX
        BB BBBB gettext(u'Without a count of hands') BBBB gettext(u'What came of it') BBBBB
      XXXXX
      XXXXX XXXXXXXXXXXXXX
        BBBBBBBBBB
        XX XXXXXXXXXXXXXXXX
          XXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'Heard and noted') XXXXXXXXX
          XXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXX
             gettext(u'Put off to a later meeting') 
          XXXXXXXXX
          BB BBB BBBBXX XXXXXXXX gettext(u'No, go back') XXXXBBBBB
        XXXX
      XXXXXXX
    BBBBB
  XXXXXX
BBBBBBBB BBBBBBB

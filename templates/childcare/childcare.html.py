BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBBBBB BBBBBBBBBBB BBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Nursery') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Nursery') XXXXX
  XXX
     gettext(u'For children from six months to three years. You see here which class fits, whether a place is left and what it costs, and you can apply without coming by.') 
  XXXX
  XXXX XXXXXXXXXXXX
    XXXXX
      XXXX gettext(u'Classes and places') XXXXX
      BB BBBBBBB
        XXX XXXXXXXXXXXXX
          BBB BBBBB BB BBBBBBB
            XXXX
              XXXX
                
                BB BBB BBBBBBBBBBBBBXXXXX
                    XXXXXXXXXXXX XXXXXX
                  X gettext(u'takes no children now') XXXXXXX
                BBBB BBBBBBBBBBXXXXX
                    XXXXXXXXXXXX XXX
                  X ngettext(u'one place left', u'%(left)s places left', count) SSS SSSSS SSSSPPPPPPPP
                      PPPPPP PPPPXXXXXXX
                BBBBXXXXX XXXXXXXXXXXX XXXXXX gettext(u'full at the moment') XXXXXXXBBBBB
              XXXXX
              XXX
                BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXXXX
                  XXXXXXXXXXXX XXXXXX
                X gettext(u'%(places)s places, %(taken)s of them taken or offered.') SSSSSSSSSS SSSSSSS
                    SSSSSSSSS SS SSSS SSSSS SS SSSSSSSS
                   gettext(u'Children can start from %(day)s.') SSSSSSSS SSS SSSSS SSSS
                    SSSSSSSS
                   gettext(u'Fee: %(source)s.') SSSS
                    SSSSSSSSSSSXXXXXXX
              XXXX
              BB BBBBBBBBBBBBBXX XXXXXXXXXXXX
                  XX
                    XXXXXXBBB BBBBBBBXXXXXXXX
                    XXXXXXXXXXXXXX
                  X gettext(u'Apply for %(class)s') SSSSS SSS
                      SSSSSSSSSXXXX
                XXXXBBBBB
            XXXXX
          BBBBBB
        XXXXX
        XX XXXXXXXXXXXX XXXXXXX
           gettext(u'The national standard allows at most 10 infants, 15 toddlers, 20 older toddlers and 18 children of mixed ages in one class. No class here has more places than that.') 
          XXXXX XXXXXXXXXXXX XXXXXX gettext(u'unverified') XXXXXXX
        XXXX
      BBBB
         gettext(u'No class is open at the moment. Please phone us.') 
        BBBBBBB BBBBBBBBBBBBBB
      BBBBB
      BB BBBBBBBBBBBBBB
        XX XXXXXXXXXXXX
          XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBX XXXXXXXXXXXXXXX gettext(u'Apply for a place') XXXX
          XX XXXXXXBBB BBBBX XXXXXXXXXXXXXXX gettext(u'I have an application already') XXXX
        XXXX
        XX XXXXXXXXXXXX XXXXXXX
           gettext(u'Or let us write it down for you: %(phone)s, or at the window.') SS SSS SS SSSSS SS SSSS SSS SSSS SSSSSSSSSS
            SS SS SSS SSSSSSS
        XXXX
      BBBBB
      XXXX gettext(u'How it goes') XXXXX
      XXX XXXXXXXXXXXXXX
        XXXX
           gettext(u'Fill in four short pages: the child, you, health, papers. You can stop and go on another day.') 
        XXXXX
        XXXX gettext(u'We check it and look at the originals in the nursery.') XXXXX
        XXXX
           gettext(u'As soon as a place fits we offer it to you. You have some days to accept; the last day stands beside it.') 
        XXXXX
        XXXX gettext(u'You sign the contract, and the child can start.') XXXXX
      XXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'What to bring') XXXXX
      XXX XXXXXXXXXXXXXXX
        BBB BBBBB BB BBBBBBXXXXBBBB BBBBBBBXXXXXXXXXXXXXXXXXXBBBBBB
      XXXXX
      XX XXXXXXXXXXXX XXXXXXX gettext(u'The originals, once, when we have your application.') XXXX
      BB BBBBBBBBB
        XXXX gettext(u'Where') XXXXX
        XXX XXXXXXXXXXXXX
          BBB BBBBB BB BBBBBBBBBXXXX
              XX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                  XXXXXXXXXXXX
                XXXXXXXXXXXX
            XXXXXBBBBBB
        XXXXX
      BBBBB
      XXX
        XX XXXXXXXXXXXXX XXXXXXXXXXFFFFF FXXBBBB BBBBBBBXXXX
      XXXX
      XXXX gettext(u'More for small children') XXXXX
      BBBBBBBB BBBBBBBBB BBBBBBBBBB
      XXX
        XX
          XXXXXXXXXXXXX XXXXXX
          XXXXXXBBB BBBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        X gettext(u'Places for small children near me') XXXX
      XXXX
    XXXXXX
  XXXXXX
BBBBBBBB BBBBBBB

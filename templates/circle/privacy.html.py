BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Privacy') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Privacy') XXXXX
  XXX
     gettext(u'You can read everything public on this site without an account and without telling us who you are.') 
  XXXX
  XXXX gettext(u'What is kept on your device') XXXXX
  XXX
     gettext(u'If you change the settings, one cookie named “look” keeps text size, contrast, colours, walking pace and the building you chose, for a year. Forms set a security cookie named “csrf”, signing in one named “session”. Nothing is shared with other sites, and nothing is loaded from them.') 
  XXXX
  XXXX gettext(u'What is kept with us') XXXXX
  XXX
     gettext(u"When you report an error we keep the page and your words. When a search finds nothing we keep the words, without numbers and without you, so that we can add them. The server's log holds addresses of pages and the time.") 
  XXXX
  XXXX gettext(u'What is kept about you, why, and how long') XXXXX
  XXX
     gettext(u'Numbers are stored encrypted; staff see the first three and last four digits. Only you, those who act for you and the staff whose work it is see your matters. Who did what, and who looked, is recorded and cannot be changed.') 
  XXXX
  BBB BBBBBBBB BBBB BB BBBBXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXX
        
        BB BBBBBBBBBBBBBBBBBBBBXXXXX XXXXXXXXXXXX XXXXXX gettext(u'sensitive') XXXXXXXBBBBB
        BB BBBBBBBBBBBBBBBBBBBBBBBBBXXXXX
            XXXXXXXXXXXX XXXXXX
          X gettext(u'of children under 14') XXXXXXXBBBBB
      XXXXX
      XXX XXXXXXXXXXXXXX
        XXXXX
          XXXX gettext(u'Why') XXXXX
          XXXXXXXXX
        XXXXXX
        XXXXX
          XXXX gettext(u'What') XXXXX
          XXXXXXXXX
        XXXXXX
        XXXXX
          XXXX gettext(u'On what basis') XXXXX
          XXXXXXXXX
        XXXXXX
        BB BBBBBBBBBBBBBBBBBBBBBXXXXX
            XXXX gettext(u'What you agree to') XXXXX
            XXXXXXXXX
          XXXXXXBBBBB
        XXXXX
          XXXX gettext(u'How long') XXXXX
          XXXX
            BB BBBB
               ngettext(u'one day', u'%(days)s days', count) SSS SSSPPPPPPPP
                PPPPX
              
              BB BBB BBBBBBBBBBBBBBBBXXXXX
                  XXXXXXXXXXXX XXXXX
                X gettext(u'unverified') XXXXXXXBBBBB
            BBBBBBBBB
          XXXXX
        XXXXXX
      XXXXX
    XXXXXXXXXXBBBBBB
  XXXX gettext(u'Your rights') XXXXX
  XXX
     gettext(u'Once signed in you read every row about you, take it away as a file, withdraw a consent, see who looked, and ask to be forgotten. Or phone, or come to the window.') 
    XX XXXXXXXXXXFFFFF FXXXXXX
  XXXX
  XX XXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXX XXXXXXBBB BBBBBBBBBXX gettext(u'My data') XXXXXXXX
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB BBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Send a topic') BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBXXBBBB BBBBBB gettext(u"Residents' council") XXXX
  BB BBBBBBB BB BBBBBBBBBBBBBXX XXXXXXXXXXXXX gettext(u'Step 1 of 2') XXXXBBBBB
  XXXX gettext(u'Send a topic') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  BB BBB BBBBBBB
    XXXX XXXXXXXXXXX XXXXXX
      XXX
        BB BBBBBBBBB
           gettext(u'No call is open now. The next one opens on %(day)s, %(time)s, for: %(body)s.') SS
            SSSS SS SSSS SSSS SSS SSSS SSS SSSSS SS SSSSSSSS SSSSSSSSS SSSS
            SSSSSSSSS
        BBBB
           gettext(u'No call is open now, and the date of the next one is not fixed yet.') 
        BBBBB
      XXXX
      XXX
         gettext(u'What cannot wait: phone %(phone)s or come to the window.') SSSS SSSSSS SSSSS SSSSS SSSSSSSSS SS SSSS SS
          SSS SSSSSSS
      XXXX
    XXXXXX
  BBBBB
  BB BBBBBBB BB BBBBBBBBBBBBB
    BB BBBBBBBXXX
         gettext(u'For: %(meeting)s. Topics are taken until %(day)s, %(time)s.') SSSS
          SSSSSSSSSSSS SSSSSS SSS SSSSS SSSSS SSSSSSSS SSSSSSSSS
      XXXXBBBBB
    XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBX XXXXXXXXXXX
      BBBBBBBBBB
      
      BBBB BBBBBBBBBBBBBBBBBBBBB
        BB BBBBBBB
          XXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXXX
          XX XXXXXXXXXXXXX
             gettext(u'With it goes what you tried out:') 
            BBBBBBBBBBBBBBBBB BBBBBBB
          XXXX
        BBBBB
      BBBBBBB
      XXXXXX
        XXXXXXXXXXXXX
        XXXXXXXXXXXXXX
        XXXXXXXBB BBBBBBBBBBBBBBBBX
      X
      BBB BBBBB BB BBBBBBBBBBBBBBBBBBBBBBBBB
      BB BBBBBBBBBBBBBBBBBBBBBBBBBBBB
      XX XXXXXXXXXXXXXXXXXXXX gettext(u'Continue') XXXXXXXXXXXXX
    XXXXXXX
  BBBBB
BBBBBBBB BBBBBBB

BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB BBBBBBBBBBBB
BBBBB BBBBB gettext(u"Residents' council") BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u"Residents' council") XXXXX
  XXX
     gettext(u'Neighbours who sit at one table once a month. Everybody may bring a topic, listen, and read what was decided.') 
  XXXX
  BB BBBBB
    XXXX XXXXXXXXXXXXX
      XXX
        XXXXXXXX gettext(u'You want to raise: “%(dimension)s” is missing within %(limit_minutes)s minutes.') SSS SSSS SS SSSSSS SSSSSSSSSSSSSSS SS
            SSSSSSS SSSSSS SSSSSSSSSSSSSSSSS SSSSSSSSXXXXXXXXX
      XXXX
      BB BBBBBBB
        BBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBB
      BBBB
        XXX gettext(u'No call is open now. The secretary takes it down by phone or at the window.') XXXX
      BBBBB
    XXXXXX
  BBBBB
  XXXX XXXXXXXXXXXX
    XXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXXX gettext(u'The next meeting') XXXXX
        BB BBBB
          XXX XXXXXXXXXXXXXX
            BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBB
            XXXXX
              XXXX gettext(u'Status') XXXXX
              XXXXBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBXXXXX
            XXXXXX
          XXXXX
          BB BBBBBBB BBB BBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBB
          BB BBB BBBBBBB BBB BBBBBBBBBXXX
               gettext(u'The next call for topics opens on %(day)s, %(time)s.') SSS
                SSSS SSSS SSS SSSSSS SSSSS SS SSSSSSSS SSSSSSSSS
            XXXXBBBBB
          XX XXXXXXXXXXXX
            XX XXXXXXXXXXXXX XXXXXX XXXXXXXX gettext(u'To this meeting') XXXX
            XX XXXXXXBBB BBBBBBBBBBBBBBBBBBXX gettext(u'All meetings as a calendar (.ics)') XXXX
          XXXX
        BBBB
          XX XXXXXXXXXXXXXX gettext(u'No date is fixed yet.') XXXX
          BB BBBBBBB BBB BBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBB
        BBBBB
        XXX
           gettext(u'No phone skills needed: topics are also taken at the window, on paper and by phone, %(phone)s.') SS SSSSS SSSSSS SSSSSSS SSSSSS SSS SSSS SSSSS
            SS SSS SSSSSSS SS SSSSS SSS SS SSSSSS SSSSSSSSSS
        XXXX
      XXXXXXXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXXX gettext(u'Past meetings') XXXXX
        BB BBBB
          BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBB
        BBBB
          XX XXXXXXXXXXXXXX gettext(u'None yet.') XXXX
        BBBBB
        BB BBBBB
          XXX XXXXXXXXXXXXXX
            BBB BBBB BB BBBBBXXXX
                XX XXXXXXBBB BBBBBBBBBBBBBBBBB BBBBXX gettext(u'Year %(year)s') SSSS
                    SSSSSSSSXXXX
              XXXXXBBBBBB
          XXXXX
        BBBBB
      XXXXXXXXXX
    XXXXXX
    XXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXXXXX gettext(u'What became of topics') XXXXX
        BB BBBBBB
          XXX XXXXXXXXXXXXX
            BBB BBBBB BB BBBBBB
              XXXX
                XX XXXXXXXXXXXX XXXXXXXXXXXXXXX
                  XXXXXXXXXXXXXXX
                    XXXXXXXXXXXX
                  XBB BBBBBBBBBBBBXXXXBBBBB X
                    XXXXXXXXXXXX
                    XXXXXXXXXXXX
                  XBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXXXXXX
              XXXXX
            BBBBBB
          XXXXX
        BBBB
          XX XXXXXXXXXXXXXX gettext(u'Nothing yet: the first topic may be yours.') XXXX
        BBBBB
      XXXXXXXXXX
      BB BBBBBB
        XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
          XXX XXXXXXXXXXXXXXXXXXXX gettext(u'Other bodies that meet') XXXXX
          BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBB
        XXXXXXXXXX
      BBBBB
    XXXXXX
  XXXXXX
BBBBBBBB BBBBBBB

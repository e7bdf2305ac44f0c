BBBB BBBBBBBBBBB
XXXXXXXXX XXXXX
XXXXX XXXXXXXX
  XXXXXX
    XXXXX XXXXXXXXXXXXXXXX
    XXXXX XXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXX
    XXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX
    XXXXXXX FFFFFFFFFFFFXXXXXXXX
    XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBXX
    XXXXX XXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBX XXXXXXXXXXXXXXXXXXXXX
    XXXXXXX XXXXXBBBBBB BBBBBBBBBBBBBX XXXXXXXXXXXXXXX
  XXXXXXX
  XXXXX XXXXXXXXXXXXXX
    XXXXXX
      XX XXXXXXXXXXXXXXXXX
        XX XXXXXXBBBBBBBBBBB BBBBBBBBBBXX gettext(u'Back to the day sheet') XXXX
        XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXX gettext(u'Print') XXXXXXXXX
      XXXX
      XXXX X FFFFXXXXX
      XXX
         X
         gettext(u'as of %(at)s') SS SS
          SSSSSS X
         ngettext(u'one booking', u'%(count)s bookings', count) SSS SSSSSSSPPPPPPPPP
          PPPPPPPP
      XXXX
      XXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Time') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Name') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Phone') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Service') XXXXX
            XXX XXXXXXXXXXXX pgettext(u'of a booking', u'Code') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Here') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Done') XXXXX
            XXX XXXXXXXXXXXX gettext(u'Signature') XXXXX
          XXXXX
        XXXXXXXX
        XXXXXXX
          BBB BBB BB BBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBB
              XXXX
                XXXXFFFFFFFFFFXXXXX
                XXX XXXXXXXXXXXXXXXXX
                XXXXXXXXX
                XXXX
                   BB BBBBBBBBBBBBBBBBBBB
                    XXXXXXXXX pgettext(u'of a booking', u'time closed') XXXXXXXXXXBBBBB
                XXXXX
                XXXXXXXXX
                XXX XXXXXXXXXXXXXXXXXX
                XXX XXXXXXXXXXXXXXXXXX
                XXX XXXXXXXXXXXXXXXXXX
              XXXXX
            BBBBBBBBBBBBB
          BBB BBBBBB BB BBBBBXXXX
              XXXXXXXXX
              XXXXXXXXX
              XXXXXXXXX
              XXXXXXXXX
              XXXXXXXXX
              XXX XXXXXXXXXXXXXXXXXX
              XXX XXXXXXXXXXXXXXXXXX
              XXX XXXXXXXXXXXXXXXXXX
            XXXXXBBBBBB
        XXXXXXXX
      XXXXXXXX
      XXX
         gettext(u'Empty rows: people without a booking. Enter everything in the back office once the network is up again.') 
      XXXX
    XXXXXXX
  XXXXXXX
XXXXXXX

 gettext(u'The passkey is removed.') 

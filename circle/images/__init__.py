"""Pictures: uploaded photos made safe, QR codes, posters for WeChat groups."""

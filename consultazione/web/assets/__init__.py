"""What the pages ask for beside their HTML: installed and reduced at set-up, served by the site."""

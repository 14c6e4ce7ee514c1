"""What a page shows of itself where somebody shares its address: title, first words and the book's card.

Who shows the card needs whole addresses; they are there once `html.baseurl` is set in `_config.yml`.
"""

IMAGE = "_static/social-card.png"
ALT = "Glassnet: neural networks you can see through. A digit on a pane of glass becomes ten probabilities."


def mend(app, page, soup):
    """Add the tags that social networks and chat programs read."""
    head, title = soup.head, soup.select_one("article h1")
    if head is None or title is None or head.find("meta", property="og:title"):
        return
    words = "".join(t for t in title.find_all(string=True) if not t.find_parent(class_="headerlink"))
    tags = {"og:type": "article", "og:site_name": app.config.project, "og:title": words.strip()}
    if description := head.find("meta", attrs={"name": "description"}):
        tags["og:description"] = description["content"]
    if base := app.config.html_baseurl:
        tags |= {
            "og:url": f"{base}{app.builder.get_target_uri(page)}",
            "og:image": f"{base}{IMAGE}",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": ALT,
        }
    for name, content in tags.items():
        head.append(soup.new_tag("meta", attrs={"property": name, "content": content}))
    head.append(soup.new_tag("meta", attrs={"name": "twitter:card", "content": "summary_large_image"}))


def setup(app):
    """Nothing to connect: the tags are added where pages are mended."""

"""Incident frames become a map: the only folder that knows folium.

A page needs six functions::

    from mapping.layers.assets import install
    from mapping.layers.map import RETURNED, base_map, clicked, extent, incident_layers, payload

    install(Path("static"))                       # once, at the start of app.py
    returned = st_folium(
        base_map(),                               # never changes, so the frame is never mounted anew
        feature_group_to_add=incident_layers(payload(frame, countries=("IQ",), selected=incident_id, fit=extent(...))),
        returned_objects=RETURNED,                # the least: nothing else makes the page run again
        key="map", use_container_width=True, height=560,
    )
    click = clicked(returned, after=st.session_state.get("click"))   # None unless it is a new one

and the command line one more: `mapping.layers.page.render_page(frame, metadata=...)`, the map,
the table and the filters as a single HTML file that needs nothing else.

Text from records reaches a browser through `mapping.layers.inert` alone, and is shown there with
`textContent`. `mapping.layers.payload` says what is drawn, as columns of numbers and strings; what draws is our own
JavaScript, in static/ beside this file. space, canvas, ground, shading, marks, labels and panels make the map, atlas
puts them together; cells, sites, tools, sight, player and picture are parts that atlas finds in `atlas.parts`;
streamlit.js puts it all into st_folium's frame, rows.js and page.js into the exported page. To add something to the
map, write a part (space.js says what one may have) and give it a column in `mapping.layers.payload`.
"""

"""The larger US cities with their people in thousands (about 2023), so that a bare name means the one most people mean.

A sign of size and nothing else: which court serves a city comes from its county.
"""

from collections.abc import Mapping

from courts.lookup.normalise import key

_CITIES = """
AK: Anchorage 286, Fairbanks 32, Juneau 32
AL: Huntsville 226, Birmingham 197, Montgomery 195, Mobile 183, Tuscaloosa 111, Hoover 92, Auburn 80, Dothan 71,
 Decatur 58, Florence 41, Anniston 21, Gadsden 33
AR: Little Rock 203, Fayetteville 101, Fort Smith 90, Springdale 89, Jonesboro 80, Rogers 73, Conway 67,
 Bentonville 59, Hot Springs 38, Texarkana 29, Pine Bluff 39, El Dorado 17
AZ: Phoenix 1650, Tucson 547, Mesa 511, Chandler 281, Gilbert 275, Glendale 253, Scottsdale 244, Peoria 198, Tempe 189,
 Surprise 158, Goodyear 111, Buckeye 109, Yuma 101, Flagstaff 76, Prescott 47, Casa Grande 60, Sierra Vista 45
CA: Los Angeles 3820, San Diego 1388, San Jose 970, San Francisco 809, Fresno 545, Sacramento 526, Long Beach 450,
 Oakland 436, Bakersfield 413, Anaheim 340, Stockton 319, Riverside 318, Irvine 314, Santa Ana 311, Chula Vista 274,
 Fremont 226, Santa Clarita 224, San Bernardino 223, Modesto 218, Fontana 215, Moreno Valley 212, Oxnard 198,
 Huntington Beach 192, Glendale 187, Ontario 182, Elk Grove 178, Santa Rosa 176, Rancho Cucamonga 174, Oceanside 170,
 Garden Grove 168, Lancaster 167, Palmdale 162, Corona 160, Salinas 160, Roseville 159, Hayward 156, Sunnyvale 151,
 Escondido 148, Pomona 145, Visalia 144, Fullerton 140, Torrance 140, Victorville 138, Orange 136, Pasadena 133,
 Santa Clara 132, Clovis 125, Simi Valley 125, Thousand Oaks 123, Vallejo 122, Concord 122, Fairfield 120, Berkeley 118,
 Antioch 116, Richmond 114, Carlsbad 113, Murrieta 111, Temecula 110, Downey 109, Costa Mesa 109, Ventura 108,
 Burbank 104, El Monte 104, Inglewood 103, El Cajon 103, San Mateo 101, Daly City 100, Chico 101, Santa Maria 110,
 West Covina 105, Norwalk 98, Compton 92, Redding 93, Santa Monica 90, Santa Barbara 87, San Marcos 94, Vista 98,
 Mountain View 82, Alameda 76, Napa 78, Redwood City 81, Merced 91, Hemet 90, Newport Beach 83, Whittier 85, Tracy 97,
 Livermore 85, Palo Alto 66, Santa Cruz 61, San Luis Obispo 48, Monterey 29, Eureka 26, Palm Springs 44, Indio 90,
 Westminster 89, Hollywood 80, Pittsburg 76, Hawthorne 84, Lakewood 79, Upland 78, San Ramon 86, Walnut Creek 69
CO: Denver 717, Colorado Springs 489, Aurora 395, Fort Collins 170, Lakewood 156, Thornton 144, Arvada 122,
 Westminster 115, Greeley 112, Pueblo 111, Centennial 106, Boulder 106, Longmont 99, Loveland 79, Grand Junction 69,
 Durango 19
CT: Bridgeport 148, Stamford 136, New Haven 135, Hartford 119, Waterbury 115, Norwalk 91, Danbury 86, New Britain 74,
 Greenwich 63, Bristol 61, Meriden 60, West Hartford 64
DC: Washington 679
DE: Wilmington 71, Dover 39, Newark 30
FL: Jacksonville 986, Miami 455, Tampa 403, Orlando 320, St. Petersburg 263, Hialeah 221, Port St. Lucie 245,
 Cape Coral 224, Tallahassee 202, Fort Lauderdale 184, Pembroke Pines 170, Hollywood 153, Gainesville 145, Miramar 138,
 Coral Springs 134, Palm Bay 133, West Palm Beach 124, Lakeland 122, Clearwater 116, Pompano Beach 112, Boca Raton 100,
 Fort Myers 97, Miami Beach 80, Daytona Beach 80, Kissimmee 82, Melbourne 87, Ocala 67, Pensacola 53, Sarasota 57,
 Naples 20, Key West 25, Panama City 36, Fort Pierce 49, Bradenton 57, Delray Beach 67, Boynton Beach 81,
 Coral Gables 50
GA: Atlanta 510, Columbus 202, Augusta 201, Macon 156, Savannah 148, Athens 128, Sandy Springs 106, Roswell 92,
 Warner Robins 85, Albany 67, Alpharetta 67, Marietta 62, Valdosta 55, Smyrna 56, Rome 38, Gainesville 46, Brunswick 15
GU: Hagatna 1, Tamuning 20, Dededo 45
HI: Honolulu 341, Hilo 48, Kailua 40
IA: Des Moines 210, Cedar Rapids 136, Davenport 100, Sioux City 86, Iowa City 76, Ankeny 74, Ames 66, Waterloo 67,
 Council Bluffs 62, Dubuque 59
ID: Boise 235, Meridian 135, Nampa 115, Idaho Falls 68, Caldwell 68, Pocatello 58, Coeur d'Alene 56, Twin Falls 54,
 Lewiston 35, Moscow 26
IL: Chicago 2664, Aurora 177, Joliet 150, Naperville 150, Rockford 146, Elgin 114, Springfield 113, Peoria 111,
 Champaign 89, Waukegan 88, Cicero 82, Bloomington 78, Evanston 76, Decatur 69, Schaumburg 77, Arlington Heights 76,
 Oak Park 53, Urbana 38, Rock Island 36, East St. Louis 18, Moline 42, Carbondale 21, Belleville 42, Quincy 39
IN: Indianapolis 880, Fort Wayne 270, Evansville 115, South Bend 103, Carmel 102, Fishers 101, Bloomington 79,
 Hammond 76, Gary 68, Lafayette 71, Muncie 65, Noblesville 73, Terre Haute 58, Kokomo 59, Anderson 55, New Albany 37,
 Michigan City 32
KS: Wichita 396, Overland Park 197, Kansas City 153, Olathe 147, Topeka 125, Lawrence 96, Manhattan 54, Salina 46
KY: Louisville 623, Lexington 320, Bowling Green 76, Owensboro 60, Covington 41, Paducah 27, Frankfort 28, Ashland 21,
 London 8, Pikeville 7
LA: New Orleans 364, Baton Rouge 220, Shreveport 177, Lafayette 122, Lake Charles 80, Kenner 65, Bossier City 63,
 Monroe 47, Alexandria 44, Metairie 138, Houma 32
MA: Boston 654, Worcester 207, Springfield 153, Cambridge 118, Lowell 114, Brockton 105, Lynn 101, Quincy 102,
 New Bedford 101, Fall River 94, Newton 88, Somerville 80, Framingham 71, Lawrence 88, Salem 45, Plymouth 61
MD: Baltimore 565, Columbia 104, Germantown 91, Silver Spring 81, Frederick 85, Rockville 67, Gaithersburg 70,
 Bethesda 68, Annapolis 41, Greenbelt 25, Salisbury 33, Hagerstown 43, Towson 59, College Park 35
ME: Portland 69, Lewiston 38, Bangor 32, Augusta 19
MI: Detroit 633, Grand Rapids 197, Warren 137, Sterling Heights 133, Ann Arbor 119, Lansing 112, Dearborn 107,
 Flint 80, Troy 87, Farmington Hills 83, Kalamazoo 73, Livonia 93, Southfield 76, Pontiac 61, Saginaw 44, Bay City 32,
 Port Huron 28, Marquette 20, Traverse City 15, Battle Creek 52, Rochester Hills 76, Jackson 31, Muskegon 38
MN: Minneapolis 425, St. Paul 303, Rochester 122, Bloomington 88, Duluth 87, Brooklyn Park 82, Plymouth 78,
 St. Cloud 70, Eagan 68, Mankato 45, Fergus Falls 14
MO: Kansas City 510, St. Louis 282, Springfield 170, Columbia 130, Independence 121, Lee's Summit 105, St. Joseph 71,
 St. Charles 71, Joplin 53, Jefferson City 42, Cape Girardeau 40, Hannibal 17, Branson 13
MP: Saipan 43
MS: Jackson 143, Gulfport 73, Southaven 56, Hattiesburg 48, Biloxi 49, Tupelo 38, Greenville 27, Oxford 27, Natchez 14,
 Aberdeen 5
MT: Billings 121, Missoula 78, Great Falls 60, Bozeman 57, Butte 35, Helena 34
NC: Charlotte 911, Raleigh 482, Greensboro 302, Durham 296, Winston-Salem 253, Fayetteville 210, Cary 180,
 Wilmington 122, High Point 116, Concord 110, Asheville 95, Greenville 90, Gastonia 82, Chapel Hill 62, Jacksonville 73,
 New Bern 32, Elizabeth City 19, Statesville 30
ND: Fargo 134, Bismarck 75, Grand Forks 58, Minot 47
NE: Omaha 483, Lincoln 294, Bellevue 64, Grand Island 53, North Platte 23
NH: Manchester 115, Nashua 91, Concord 44, Portsmouth 22, Dover 33
NJ: Newark 304, Jersey City 291, Paterson 156, Elizabeth 135, Edison 107, Woodbridge 103, Lakewood 139, Trenton 89,
 Clifton 88, Camden 71, Passaic 69, Union City 65, East Orange 68, Hackensack 46, Hoboken 57, New Brunswick 55,
 Atlantic City 38, Princeton 31, Cherry Hill 75, Toms River 95, Vineland 60, Morristown 20, Montclair 40
NM: Albuquerque 560, Las Cruces 114, Rio Rancho 110, Santa Fe 89, Roswell 47, Farmington 46
NV: Las Vegas 661, Henderson 337, North Las Vegas 284, Reno 275, Sparks 110, Carson City 58, Elko 20
NY: New York 8258, Brooklyn 2560, Bronx 1360, Staten Island 490, Buffalo 275, Yonkers 208, Rochester 207, Syracuse 146,
 Albany 101, New Rochelle 82, Mount Vernon 71, Schenectady 69, Utica 64, White Plains 59, Hempstead 59, Troy 51,
 Niagara Falls 48, Binghamton 47, Poughkeepsie 32, Ithaca 32, Central Islip 36, Jamaica 220, Flushing 230,
 Plattsburgh 20, Watertown 24, Newburgh 28, Elmira 26, Jamestown 28, Saratoga Springs 28, Hicksville 43,
 Lake Placid 30, Saint Albans 20
OH: Columbus 913, Cleveland 362, Cincinnati 311, Toledo 266, Akron 189, Dayton 136, Parma 79, Canton 70, Lorain 65,
 Hamilton 63, Youngstown 59, Springfield 58, Mansfield 48, Dublin 49, Cleveland Heights 44, Lakewood 50, Warren 39
OK: Oklahoma City 702, Tulsa 411, Norman 130, Broken Arrow 119, Edmond 98, Lawton 90, Moore 63, Stillwater 49,
 Muskogee 37, Enid 50
OR: Portland 630, Eugene 177, Salem 178, Gresham 111, Hillsboro 107, Bend 105, Beaverton 96, Medford 85, Corvallis 61,
 Pendleton 17
PA: Philadelphia 1551, Pittsburgh 303, Allentown 125, Reading 95, Erie 93, Bethlehem 77, Scranton 76, Lancaster 57,
 Harrisburg 50, York 45, Wilkes-Barre 44, Johnstown 18, State College 40, Easton 29, Williamsport 27, Chester 33
PR: San Juan 335, Bayamon 180, Carolina 150, Ponce 132, Caguas 125, Mayaguez 71, Arecibo 85, Guaynabo 88
RI: Providence 190, Warwick 83, Cranston 83, Pawtucket 75, Newport 25
SC: Charleston 156, Columbia 142, North Charleston 121, Mount Pleasant 95, Rock Hill 75, Greenville 73, Florence 40,
 Spartanburg 38, Myrtle Beach 38, Anderson 30, Aiken 32, Hilton Head Island 38, Beaufort 14
SD: Sioux Falls 206, Rapid City 79, Aberdeen 28, Pierre 14
TN: Nashville 687, Memphis 618, Knoxville 198, Chattanooga 187, Clarksville 180, Murfreesboro 165, Franklin 88,
 Jackson 68, Johnson City 73, Kingsport 56, Greeneville 16, Winchester 10, Columbia 45, Cookeville 36
TX: Houston 2314, San Antonio 1495, Dallas 1302, Austin 979, Fort Worth 978, El Paso 678, Arlington 398,
 Corpus Christi 316, Plano 290, Lubbock 266, Laredo 257, Irving 254, Garland 243, Frisco 225, McKinney 213,
 Grand Prairie 201, Brownsville 190, Amarillo 202, Killeen 159, Denton 158, Pasadena 147, McAllen 146, Mesquite 147,
 Midland 138, Waco 144, Carrollton 132, Round Rock 130, Lewisville 131, Abilene 129, Pearland 126, College Station 125,
 Richardson 117, Odessa 114, Tyler 110, Beaumont 112, League City 115, Allen 111, Sugar Land 108, Wichita Falls 103,
 San Angelo 99, The Woodlands 114, Longview 83, Bryan 89, Temple 92, Galveston 53, Victoria 65, Sherman 46,
 Texarkana 36, Del Rio 35, Harlingen 71, Lufkin 34, Marshall 23, Pecos 12, Alpine 6, Georgetown 97, Conroe 108
UT: Salt Lake City 210, West Valley City 135, West Jordan 115, Provo 114, St. George 104, Orem 95, Sandy 92, Ogden 86,
 Layton 84, Logan 56, Park City 8
VA: Virginia Beach 453, Chesapeake 254, Arlington 234, Norfolk 231, Richmond 229, Newport News 183, Alexandria 155,
 Hampton 137, Roanoke 97, Portsmouth 97, Suffolk 101, Lynchburg 79, Harrisonburg 52, Charlottesville 45, Danville 42,
 Fairfax 25, Manassas 43, Abingdon 8, Williamsburg 16, Petersburg 33, Fredericksburg 29, Reston 63, Leesburg 49
VI: Charlotte Amalie 15, Christiansted 3, St. Thomas 42, St. Croix 41
VT: Burlington 44, Rutland 16, Brattleboro 12, Montpelier 8
WA: Seattle 755, Spokane 229, Tacoma 222, Vancouver 197, Bellevue 151, Kent 134, Everett 111, Renton 104,
 Spokane Valley 108, Federal Way 98, Yakima 97, Bellingham 94, Kennewick 85, Auburn 84, Olympia 56, Richland 63,
 Redmond 80, Kirkland 92, Walla Walla 33, Pasco 80, Wenatchee 35, Pullman 32, Port Angeles 20
WI: Milwaukee 561, Madison 280, Green Bay 106, Kenosha 98, Racine 77, Appleton 75, Waukesha 71, Eau Claire 70,
 Oshkosh 66, Janesville 66, La Crosse 51, Wausau 40, Superior 27, West Allis 59
WV: Charleston 47, Huntington 45, Morgantown 30, Parkersburg 29, Wheeling 26, Martinsburg 19, Clarksburg 16,
 Beckley 17, Elkins 7, Bluefield 9
WY: Cheyenne 65, Casper 59, Laramie 32, Gillette 33, Jackson 11, Lander 7
"""


def _read() -> dict[tuple[str, str], int]:
    sizes: dict[tuple[str, str], int] = {}
    state = ""
    for part in _CITIES.replace("\n ", " ").strip().splitlines():
        state, _colon, cities = part.partition(": ")
        for entry in cities.split(","):
            if name := entry.strip():
                city, _blank, people = name.rpartition(" ")
                sizes[key(city), state] = int(people)
    return sizes


THOUSANDS: Mapping[tuple[str, str], int] = _read()
